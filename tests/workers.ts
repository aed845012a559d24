/** How many files with an Electron in them run at a time: what two cores can do. */
export const ELECTRON_WORKERS = 2
