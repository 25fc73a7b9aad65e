/** The XML of a dense series: 3 volumes of 2 vertices of the left cortex and one voxel. */
export const ciftiXml = `<CIFTI Version="2"><Matrix>
<MatrixIndicesMap AppliesToMatrixDimension="0" IndicesMapToDataType="CIFTI_INDEX_TYPE_SERIES" NumberOfSeriesPoints="3" SeriesExponent="-3" SeriesStart="0" SeriesStep="720" SeriesUnit="SECOND"/>
<MatrixIndicesMap AppliesToMatrixDimension="1" IndicesMapToDataType="CIFTI_INDEX_TYPE_BRAIN_MODELS">
<Volume VolumeDimensions="4,5,6"><TransformationMatrixVoxelIndicesIJKtoXYZ MeterExponent="-3">2 0 0 -4  0 2 0 -5  0 0 2 -6  0 0 0 1</TransformationMatrixVoxelIndicesIJKtoXYZ></Volume>
<BrainModel IndexOffset="0" IndexCount="2" ModelType="CIFTI_MODEL_TYPE_SURFACE" BrainStructure="CIFTI_STRUCTURE_CORTEX_LEFT" SurfaceNumberOfVertices="12"><VertexIndices>7 11</VertexIndices></BrainModel>
<BrainModel IndexOffset="2" IndexCount="1" ModelType="CIFTI_MODEL_TYPE_VOXELS" BrainStructure="CIFTI_STRUCTURE_THALAMUS_LEFT"><VoxelIndicesIJK>3 4 5</VoxelIndicesIJK></BrainModel>
</MatrixIndicesMap></Matrix></CIFTI>`;

interface Change {
  readonly xml?: string;
  readonly intent?: number;
  readonly extensionCode?: number;
  readonly extensionSize?: number;
  readonly dimensions?: readonly number[];
  /** Each grayordinate's series after the other. */
  readonly values?: readonly number[];
}

/** A CIFTI-2 file; without `values` of 3 volumes that count up from 0 as they lie. */
export function ciftiFile(change: Change = {}): Buffer {
  const { xml = ciftiXml, intent = 3002, extensionCode = 32, values = [0, 1, 2, 3, 4, 5, 6, 7, 8] } = change;
  const { dimensions = [6, 1, 1, 1, 1, values.length / 3, 3] } = change;
  const text = Buffer.from(xml);
  const size = Math.ceil((text.length + 8) / 16) * 16;
  const offset = 544 + size;
  const file = Buffer.alloc(offset + 4 * values.length);
  file.writeInt32LE(540, 0);
  file.write("n+2\0\r\n\x1a\n", 4, "latin1");
  file.writeInt16LE(16, 12);
  file.writeInt16LE(32, 14);
  dimensions.forEach((extent, at) => {
    file.writeBigInt64LE(BigInt(extent), 16 + 8 * at);
  });
  file.writeBigInt64LE(BigInt(offset), 168);
  file.writeInt32LE(intent, 504);
  file.writeUInt8(1, 540);
  file.writeInt32LE(change.extensionSize ?? size, 544);
  file.writeInt32LE(extensionCode, 548);
  text.copy(file, 552);
  for (const [at, value] of values.entries()) file.writeFloatLE(value, offset + 4 * at);
  return file;
}
