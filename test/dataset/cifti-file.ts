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
}

/** A CIFTI-2 file whose values count up from 0 as they lie: each grayordinate's series after the other. */
export function ciftiFile(change: Change = {}): Buffer {
  const { xml = ciftiXml, intent = 3002, extensionCode = 32, dimensions = [6, 1, 1, 1, 1, 3, 3] } = change;
  const text = Buffer.from(xml);
  const size = Math.ceil((text.length + 8) / 16) * 16;
  const offset = 544 + size;
  const file = Buffer.alloc(offset + 9 * 4);
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
  for (let at = 0; at < 9; at++) file.writeFloatLE(at, offset + 4 * at);
  return file;
}
