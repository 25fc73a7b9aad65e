/** Every fault a user can meet: one sentence of what is wrong, one of what to do. `{name}` is filled in. */
export const faults = {
  "dataset/not-found": {
    what: "There is no folder at {path}.",
    todo: "Check the path, or mount the disk it is on.",
  },
  "dataset/empty": {
    what: "No functional images were found in {path}.",
    todo: "Choose a folder with sub-* folders or with one image a subject, or a table that lists them.",
  },
  "dataset/several": {
    what: "{count} files were dropped at once, and one dataset is open at a time.",
    todo: "Drop the folder that holds them, or one of them.",
  },
  "dataset/raw": {
    what: "The images of {path} were not brought to one space, so their voxels do not correspond between subjects.",
    todo: "Preprocess them, for instance with fMRIPrep into MNI152NLin2009cAsym, and open what it writes.",
  },
  "dataset/unknown-space": {
    what: "Images in the space {space} are asked for, and the dataset has none.",
    todo: "Use one of: {known}.",
  },
  "dataset/table": {
    what: "{path} can't be used as a table of images: {detail}.",
    todo: "Mend the table; docs/image-table.md says what it holds.",
  },
  "dataset/one-subject": {
    what: "{path} holds one subject only, and alignment needs at least two.",
    todo: "Choose a folder with more subjects, or put left-out subjects back in.",
  },
  "dataset/different-tr": {
    what: "The repetition time differs between runs: {detail}.",
    todo: "Leave out the runs that differ.",
  },
  "dataset/different-grid": {
    what: "The images do not lie on one grid: {detail}.",
    todo: "Leave out the subjects that differ, or resample them to one space first.",
  },
  "dataset/different-length": {
    what: "The subjects do not have the same number of volumes: {detail}.",
    todo: "Leave out the runs that differ, or trim all subjects to the common rows.",
  },
  "dataset/unknown-run": {
    what: "The Plan names the run {run}, which the dataset does not have.",
    todo: "Use one of: {known}.",
  },
  "dataset/missing-run": {
    what: "{subject} lacks the run {run}, and alignment needs every run of every subject.",
    todo: "Leave out the subject or the run.",
  },
  "dataset/unknown-tr": {
    what: "The repetition time of {run} of {subject} is not known, so its events can't be placed.",
    todo: "State RepetitionTime in the image's JSON file, or choose all volumes as samples.",
  },
  "dataset/unknown-name": {
    what: "The Plan leaves out {name}, which the dataset does not have.",
    todo: "Use one of: {known}.",
  },
  "dataset/too-short": {
    what: "{run} has {rows} usable volumes in {subject}, too few to be z-scored.",
    todo: "Leave out the run or the subject.",
  },
  "image/unreadable": {
    what: "{path} can't be read: {detail}.",
    todo: "Check the file or fetch it again.",
  },
  "image/truncated": {
    what: "{path} ends early: its header promises {expected} bytes and it holds {found}.",
    todo: "Fetch the file again.",
  },
  "image/absent": {
    what: "{path} is not downloaded yet, or a link to a file that is not there.",
    todo: "Open its folder and choose Download (or run datalad get), or mount the disk it lies on.",
  },
  "image/damaged": {
    what: "{path} is damaged and can't be unpacked.",
    todo: "Fetch the file again.",
  },
  "array/axes-unknown": {
    what: "It can't be told which axis of {path} is time: {shapes}.",
    todo: "Say which axis is time and which is voxels; on the command line by --axes time,voxels.",
  },
  "table/exists": {
    what: "{path} exists already and says otherwise.",
    todo: "Mend it, or move it away and tell the axes again.",
  },
  "table/read-only": {
    what: "What is told of {path} is kept in a table beside it, and that folder can't be written to.",
    todo: "Copy the data to a folder you may write in, and open them there.",
  },
  "table/unreadable": {
    what: "{path} can't be read as a table: {detail}.",
    todo: "Check the file, or save it again as text separated by tabs.",
  },
  "region/constant": {
    what: "No voxel of the region holds finite values that vary in every run of every subject.",
    todo: "Choose another region, or leave out the subject whose voxels do not vary.",
  },
  "region/empty": {
    what: "The region {path} covers no voxel that every subject has.",
    todo: "Choose another region, or check that it lies in the space of the images.",
  },
  "region/not-volume": {
    what: "The images are {kind}, whose values have no places in mm, so that the region {path} can't be placed on them.",
    todo: "Choose the brain as the region: all values that every subject has.",
  },
  "region/table": {
    what: "{path} can't be read as a table that names the labels of an atlas.",
    todo: "Choose a TSV file with the columns index and name, a JSON file, the XML of an FSL atlas or a lookup table of FreeSurfer.",
  },
  "region/no-label": {
    what: "No label of {path} is chosen.",
    todo: "Choose at least one.",
  },
  "region/unknown-label": {
    what: "{path} has no label {label}.",
    todo: "Choose labels that it has.",
  },
  "region/too-few": {
    what: "{count} parcels can't be made of {voxels} voxels.",
    todo: "Ask for fewer parcels.",
  },
  "model/unreadable": {
    what: "{path} can't be read as a model of how unlike conditions are: {detail}.",
    todo: "Choose a table of conditions by conditions, with their names in its first row and its first column.",
  },
  "model/few-conditions": {
    what: "The model {name} has {shared} of the conditions that are tested, and it takes four to compare it.",
    todo: "Name the conditions in it as the events do, or leave the model out.",
  },
  "events/missing": {
    what: "No events file belongs to {run} of {subject}.",
    todo: "Add the *_events.tsv file, or choose all volumes as samples.",
  },
  "events/unreadable": {
    what: "{path} can't be read as a table of events: {detail}.",
    todo: "Check the file, or choose all volumes as samples.",
  },
  "events/no-column": {
    what: "{file} has no column {column}.",
    todo: "Use one of its columns: {known}.",
  },
  "events/different": {
    what: "The events of {run} differ between {subject} and {other}, so that rows would not be the same moments.",
    todo: "Leave out one of the two or the run, or choose all volumes as samples.",
  },
  "events/none": {
    what: "No event lies within the volumes of the runs.",
    todo: "Check the shift, and that the events' onsets are seconds from the start of their run.",
  },
  "events/one-class": {
    what: "The samples to classify carry fewer than two labels.",
    todo: "Choose another column of the events file, or more runs.",
  },
  "confounds/missing": {
    what: "No confounds table belongs to {run} of {subject}.",
    todo: "Add the *_desc-confounds_timeseries.tsv file, or choose no confounds and no scrubbing.",
  },
  "confounds/unreadable": {
    what: "{path} can't be read as a table of confounds: {detail}.",
    todo: "Check the file, or choose other confounds.",
  },
  "confounds/no-column": {
    what: "{file} has no column {column}.",
    todo: "Choose other confounds; it has: {known}.",
  },
  "cleaning/too-few-rows": {
    what: "{run} has {rows} usable volumes in {subject}, too few to be cleaned as asked: {detail}.",
    todo: "Choose fewer confounds, less scrubbing or no filter, or leave out the run or the subject.",
  },
  "plan/invalid": {
    what: "The Plan can't be used: {detail}.",
    todo: "Mend it there; the Plan's JSON Schema lists what each field takes.",
  },
  "plan/parameter": {
    what: "The method can't take what {label} ({name}) is set to.",
    todo: "Give {wanted}.",
  },
  "plan/leak": {
    what: "The Plan {does} {run} and tests on it too, which would make the result too good.",
    todo: "Fit on some runs and test on others, and use each run for one of the two only.",
  },
  "plan/no-rows": {
    what: "Of {fold} no row is left to {does}.",
    todo: "Choose fewer blocks, a smaller gap, or another protocol.",
  },
  "plan/no-runs": {
    what: "No run is chosen to {does}.",
    todo: "Choose at least one run to fit on and another to test.",
  },
  "plan/one-class": {
    what: "The samples to test of {fold} all carry the label {label}, so that no other could be taken for it.",
    todo: "Choose another protocol, or runs with more conditions each.",
  },
  "plan/too-few-subjects": {
    what: "A space without the subject tested needs two others at least, and there are {subjects} subjects in all.",
    todo: "Put subjects back in, or choose the claim “same subjects, new data”.",
  },
  "plan/too-few-runs": {
    what: "The protocol leaves out one run after the other, and the dataset has one run only.",
    todo: "Choose another protocol, or a dataset with more runs.",
  },
  "align/not-finite": {
    what: "The samples of {subject} hold values that are not numbers.",
    todo: "Leave the subject out, or choose a region without such voxels.",
  },
  "align/different-rows": {
    what: "Alignment needs the same samples in every subject, but their numbers are {detail}.",
    todo: "Leave out the subjects that differ, or trim all to the common rows.",
  },
  "align/different-voxels": {
    what: "{method} needs the same voxels in every subject, {detail}.",
    todo: "Keep all voxels of the region, or choose a method that allows different voxels.",
  },
  "align/many-voxels": {
    what: "{method} compares every voxel with every other, and {voxels} are too many: it takes {most}.",
    todo: "Choose a smaller region, align in parcels, or choose another method.",
  },
  "align/few-targets": {
    what: "Connectivity has {count} targets that every subject has voxels of, and it takes at least 2.",
    todo: "Choose a smaller distance between seeds, fewer parcels, or a larger region.",
  },
  "transforms/earlier": {
    what: "An earlier version of Concord kept these transforms, in another form.",
    todo: "Run the Plan again with its transforms kept.",
  },
  "transforms/no-condition": {
    what: "No fold of this run tested {condition}.",
    todo: "Choose another condition.",
  },
  "transforms/none": {
    what: "The run kept no transforms.",
    todo: "Run its Plan again with transforms kept: by the last switch of the Method card, or keepTransforms in the Plan.",
  },
  "transforms/other-width": {
    what: "The array in {path} is {shape}, and the common space has {columns} columns.",
    todo: "Give rows of {columns} numbers, one for each column of the common space.",
  },
  "transforms/unknown": {
    what: "The transforms have no {name}.",
    todo: "Use one of: {known}.",
  },
  "fit/unknown-subject": {
    what: "There is no subject {subject}.",
    todo: "Use one of: {known}.",
  },
  "fit/unknown-run": {
    what: "There is no run {run}.",
    todo: "Use one of: {known}.",
  },
  "fit/no-runs": {
    what: "No run is left to align on once {run} is compared.",
    todo: "Compare another run, or open a dataset with at least two runs.",
  },
  "fit/no-conditions": {
    what: "The other subjects have fewer than two conditions to compare with.",
    todo: "Add events tables to their runs, or choose another column of them under Samples.",
  },
  "fit/no-events": {
    what: "{run} of {subject} has no events, so there are no events' means to compare.",
    todo: "Compare its volumes.",
  },
  "align/no-parcels": {
    what: "There is no parcel that every subject has voxels of.",
    todo: "Make fewer parcels, or align the whole region.",
  },
  "align/no-searchlights": {
    what: "{method} makes components, of which searchlights can't be put together.",
    todo: "Align the whole region or parcels, or choose a method whose common space has voxels.",
  },
  "align/no-places": {
    what: "Where each voxel lies must be known for this, and these data don't say it.",
    todo: "Open images of a volume or a surface, or choose another method.",
  },
  "align/no-cortex": {
    what: "What lies near on a surface is measured along the folded cortex, and none with as many vertices lies in the dataset.",
    todo: "Put its midthickness, white or pial surfaces (GIfTI, both hemispheres) into a folder “surfaces” of the dataset, or align without searchlights and seeds.",
  },
  "results/exists": {
    what: "{path} already holds files.",
    todo: "Choose a new or empty folder for the results.",
  },
  "results/read-only": {
    what: "{path} can't be written to.",
    todo: "Choose a folder you may write in.",
  },
  "scratch/full": {
    what: "The disk of the scratch file {path} is full.",
    todo: "Free some space there, or choose a scratch folder on another disk.",
  },
  "scratch/damaged": {
    what: "The scratch file {path} is not as it was written.",
    todo: "Run the Plan again: it is made anew. Have the disk checked if it comes back.",
  },
  "scratch/gone": {
    what: "The scratch file {path} can't be reached any more.",
    todo: "Connect its disk or share again, or choose another scratch folder, and run the Plan again.",
  },
  "results/disk-full": {
    what: "The disk of {path} is full.",
    todo: "Free some space, or choose a folder on another disk.",
  },
  "results/incomplete": {
    what: "{path} is not a whole Results folder: a file is missing or was changed.",
    todo: "Run the Plan again into a new folder.",
  },
  "run/cancelled": {
    what: "The work was cancelled.",
    todo: "Start it again when you like.",
  },
  "run/torn-off": {
    what: "Concord ended while this run was going.",
    todo: "Start it again.",
  },
  "run/kills-engine": {
    what: "The calculation engine stopped twice during this run, so it is not tried again.",
    todo: "Free some memory or choose a smaller region, and start the run again.",
  },
  "run/unknown": {
    what: "There is no run {run}.",
    todo: "Choose one from the list of runs.",
  },
  "engine/lost": {
    what: "The calculation engine stopped.",
    todo: "A new one starts and finished steps are kept: start the run again if it does not go on.",
  },
  "engine/given-up": {
    what: "The calculation engine stopped four times within ten minutes, so it is not started again.",
    todo: "Close other programs to free memory, and start Concord again.",
  },
  "engine/other-version": {
    what: "The calculation engine is of another version than the window.",
    todo: "Install Concord again.",
  },
  "engine/worker-lost": {
    what: "A worker thread died twice on the same piece of work.",
    todo: "Free some memory or choose a smaller region, and start the run again.",
  },
  "annex/no-source": {
    what: "{path} is not downloaded and can't be had from the web: {detail}.",
    todo: "Fetch it where it can be had (datalad get), or leave it out.",
  },
  "annex/wrong-content": {
    what: "What {host} sends is not the content of {path}.",
    todo: "Try again later, or ask who keeps the dataset.",
  },
  "annex/refused-address": {
    what: "The address {address} is not asked: {detail}.",
    todo: "Check where the dataset comes from.",
  },
  "annex/connection": {
    what: "The connection to {host} failed: {detail}.",
    todo: "Check the network, and go on: what has arrived is kept.",
  },
  "annex/no-space": {
    what: "The download needs {needed} and the disk of {path} has {free} free.",
    todo: "Free some space, or choose fewer subjects.",
  },
  "annex/unsafe-tree": {
    what: "The dataset at {address} holds {path}, which points outside it or into git's own files.",
    todo: "Do not use it, and tell who keeps it.",
  },
  "annex/no-clone": {
    what: "{address} can't be cloned: {detail}.",
    todo: "Check the address, and that the dataset is public.",
  },
  "call/refused": {
    what: "The window asked for something that it may not have or that is not open any more.",
    todo: "Open the dataset again.",
  },
  internal: {
    what: "Something went wrong that Concord did not foresee.",
    todo: "Try again, and report it if it comes back.",
  },
} as const;

export type FaultCode = keyof typeof faults;

/** The only error a user meets. Thrown inside a process; sent between processes as its `code` and `values`. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: FaultCode, values: Readonly<Record<string, string>> = {}) {
    super(`${fill(faults[code].what, values)} ${fill(faults[code].todo, values)}`);
    this.name = "Fault";
    this.code = code;
    this.values = values;
  }
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "?");
}
