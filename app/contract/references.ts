/** A work as a list of references gives it. */
export interface Reference {
  /** How the text names it: "Haxby et al., 2011". */
  readonly mark: string;
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  readonly journal: string;
  readonly volume: string;
  readonly pages: string;
  /** "" where it has none. */
  readonly doi: string;
}

/** Every work that the program cites, by a short name. */
export const works = {
  haxby2011: {
    mark: "Haxby et al., 2011",
    authors: "Haxby JV, Guntupalli JS, Connolly AC, Halchenko YO, Conroy BR, Gobbini MI, Hanke M, Ramadge PJ",
    year: 2011,
    title: "A common, high-dimensional model of the representational space in human ventral temporal cortex",
    journal: "Neuron",
    volume: "72",
    pages: "404–416",
    doi: "10.1016/j.neuron.2011.08.026",
  },
  guntupalli2016: {
    mark: "Guntupalli et al., 2016",
    authors: "Guntupalli JS, Hanke M, Halchenko YO, Connolly AC, Ramadge PJ, Haxby JV",
    year: 2016,
    title: "A model of representational spaces in human cortex",
    journal: "Cerebral Cortex",
    volume: "26",
    pages: "2919–2934",
    doi: "10.1093/cercor/bhw068",
  },
  hanke2009: {
    mark: "Hanke et al., 2009",
    authors: "Hanke M, Halchenko YO, Sederberg PB, Hanson SJ, Haxby JV, Pollmann S",
    year: 2009,
    title: "PyMVPA: a Python toolbox for multivariate pattern analysis of fMRI data",
    journal: "Neuroinformatics",
    volume: "7",
    pages: "37–53",
    doi: "10.1007/s12021-008-9041-y",
  },
  kettenring1971: {
    mark: "Kettenring, 1971",
    authors: "Kettenring JR",
    year: 1971,
    title: "Canonical analysis of several sets of variables",
    journal: "Biometrika",
    volume: "58",
    pages: "433–451",
    doi: "10.1093/biomet/58.3.433",
  },
  schonemann1966: {
    mark: "Schönemann, 1966",
    authors: "Schönemann PH",
    year: 1966,
    title: "A generalized solution of the orthogonal Procrustes problem",
    journal: "Psychometrika",
    volume: "31",
    pages: "1–10",
    doi: "10.1007/BF02289451",
  },
  gower1975: {
    mark: "Gower, 1975",
    authors: "Gower JC",
    year: 1975,
    title: "Generalized Procrustes analysis",
    journal: "Psychometrika",
    volume: "40",
    pages: "33–51",
    doi: "10.1007/BF02291478",
  },
  xu2012: {
    mark: "Xu et al., 2012",
    authors: "Xu H, Lorbert A, Ramadge PJ, Guntupalli JS, Haxby JV",
    year: 2012,
    title: "Regularized hyperalignment of multi-set fMRI data",
    journal: "IEEE Statistical Signal Processing Workshop",
    volume: "",
    pages: "229–232",
    doi: "10.1109/SSP.2012.6319668",
  },
  andreella2022: {
    mark: "Andreella & Finos, 2022",
    authors: "Andreella A, Finos L",
    year: 2022,
    title: "Procrustes analysis for high-dimensional data",
    journal: "Psychometrika",
    volume: "87",
    pages: "1422–1438",
    doi: "10.1007/s11336-022-09859-5",
  },
  bazeille2021: {
    mark: "Bazeille et al., 2021",
    authors: "Bazeille T, DuPre E, Richard H, Poline J-B, Thirion B",
    year: 2021,
    title: "An empirical evaluation of functional alignment using inter-subject decoding",
    journal: "NeuroImage",
    volume: "245",
    pages: "118683",
    doi: "10.1016/j.neuroimage.2021.118683",
  },
  feilong2023: {
    mark: "Feilong et al., 2023",
    authors: "Feilong M, Nastase SA, Jiahui G, Halchenko YO, Gobbini MI, Haxby JV",
    year: 2023,
    title:
      "The individualized neural tuning model: Precise and generalizable cartography of functional architecture in individual brains",
    journal: "Imaging Neuroscience",
    volume: "1",
    pages: "1–34",
    doi: "10.1162/imag_a_00032",
  },
  chang2020: {
    mark: "Chang et al., 2020",
    authors:
      "Chang L, Manning J, Baldassano C, de la Vega A, Fleetwood G, Geerligs L, Haxby J, Lahnakoski J, Parkinson C, Shappell H, Shim WM, Wager T, Yarkoni T, Yeshurun Y, Finn E",
    year: 2020,
    title: "Naturalistic data analysis, version 1.0",
    journal: "Zenodo",
    volume: "",
    pages: "",
    doi: "10.5281/zenodo.3937849",
  },
  chen2015: {
    mark: "Chen et al., 2015",
    authors: "Chen P-H, Chen J, Yeshurun Y, Hasson U, Haxby JV, Ramadge PJ",
    year: 2015,
    title: "A reduced-dimension fMRI shared response model",
    journal: "Advances in Neural Information Processing Systems",
    volume: "28",
    pages: "460–468",
    doi: "",
  },
  richard2019: {
    mark: "Richard et al., 2019",
    authors: "Richard H, Martin L, Pinho AL, Pillow J, Thirion B",
    year: 2019,
    title: "Fast shared response model for fMRI data",
    journal: "arXiv",
    volume: "1909.12537",
    pages: "",
    doi: "10.48550/arXiv.1909.12537",
  },
  turek2018: {
    mark: "Turek et al., 2018",
    authors: "Turek JS, Ellis CT, Skalaban LJ, Turk-Browne NB, Willke TL",
    year: 2018,
    title: "Capturing shared and individual information in fMRI data",
    journal: "IEEE International Conference on Acoustics, Speech and Signal Processing",
    volume: "",
    pages: "",
    doi: "",
  },
  bazeille2019: {
    mark: "Bazeille et al., 2019",
    authors: "Bazeille T, Richard H, Janati H, Thirion B",
    year: 2019,
    title: "Local optimal transport for functional brain template estimation",
    journal: "Information Processing in Medical Imaging",
    volume: "11492",
    pages: "237–248",
    doi: "10.1007/978-3-030-20351-1_18",
  },
  cuturi2013: {
    mark: "Cuturi, 2013",
    authors: "Cuturi M",
    year: 2013,
    title: "Sinkhorn distances: lightspeed computation of optimal transport",
    journal: "Advances in Neural Information Processing Systems",
    volume: "26",
    pages: "2292–2300",
    doi: "",
  },
  chizat2018: {
    mark: "Chizat et al., 2018",
    authors: "Chizat L, Peyré G, Schmitzer B, Vialard F-X",
    year: 2018,
    title: "Scaling algorithms for unbalanced optimal transport problems",
    journal: "Mathematics of Computation",
    volume: "87",
    pages: "2563–2609",
    doi: "10.1090/mcom/3303",
  },
  chang2011: {
    mark: "Chang and Lin, 2011",
    authors: "Chang C-C, Lin C-J",
    year: 2011,
    title: "LIBSVM: a library for support vector machines",
    journal: "ACM Transactions on Intelligent Systems and Technology",
    volume: "2",
    pages: "27:1–27:27",
    doi: "10.1145/1961189.1961199",
  },
  hasson2004: {
    mark: "Hasson et al., 2004",
    authors: "Hasson U, Nir Y, Levy I, Fuhrmann G, Malach R",
    year: 2004,
    title: "Intersubject synchronization of cortical activity during natural vision",
    journal: "Science",
    volume: "303",
    pages: "1634–1640",
    doi: "10.1126/science.1089506",
  },
  friston1996: {
    mark: "Friston et al., 1996",
    authors: "Friston KJ, Williams S, Howard R, Frackowiak RSJ, Turner R",
    year: 1996,
    title: "Movement-related effects in fMRI time-series",
    journal: "Magnetic Resonance in Medicine",
    volume: "35",
    pages: "346–355",
    doi: "10.1002/mrm.1910350312",
  },
  behzadi2007: {
    mark: "Behzadi et al., 2007",
    authors: "Behzadi Y, Restom K, Liau J, Liu TT",
    year: 2007,
    title: "A component based noise correction method (CompCor) for BOLD and perfusion based fMRI",
    journal: "NeuroImage",
    volume: "37",
    pages: "90–101",
    doi: "10.1016/j.neuroimage.2007.04.042",
  },
  power2012: {
    mark: "Power et al., 2012",
    authors: "Power JD, Barnes KA, Snyder AZ, Schlaggar BL, Petersen SE",
    year: 2012,
    title:
      "Spurious but systematic correlations in functional connectivity MRI networks arise from subject motion",
    journal: "NeuroImage",
    volume: "59",
    pages: "2142–2154",
    doi: "10.1016/j.neuroimage.2011.10.018",
  },
  lindquist2019: {
    mark: "Lindquist et al., 2019",
    authors: "Lindquist MA, Geuter S, Wager TD, Caffo BS",
    year: 2019,
    title: "Modular preprocessing pipelines can reintroduce artifacts into fMRI data",
    journal: "Human Brain Mapping",
    volume: "40",
    pages: "2358–2376",
    doi: "10.1002/hbm.24528",
  },
  abraham2014: {
    mark: "Abraham et al., 2014",
    authors:
      "Abraham A, Pedregosa F, Eickenberg M, Gervais P, Mueller A, Kossaifi J, Gramfort A, Thirion B, Varoquaux G",
    year: 2014,
    title: "Machine learning for neuroimaging with scikit-learn",
    journal: "Frontiers in Neuroinformatics",
    volume: "8",
    pages: "14",
    doi: "10.3389/fninf.2014.00014",
  },
} as const satisfies Record<string, Reference>;

/** The short name of a work. */
export type Work = keyof typeof works;

/** A reference as a line of text: its DOI stands last. */
export function referenceLine({ authors, year, title, journal, volume, pages, doi }: Reference): string {
  const place = [journal, [volume, pages].filter(Boolean).join(", ")].filter(Boolean).join(" ");
  return `${authors} (${year}). ${title}. ${place}.${doi === "" ? "" : ` https://doi.org/${doi}`}`;
}
