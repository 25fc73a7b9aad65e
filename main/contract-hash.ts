declare const CONTRACT_HASH: string;

/** Of the sources that say what crosses between the processes; build/bundle.mjs puts it in. */
export const contractHash: string = CONTRACT_HASH;
