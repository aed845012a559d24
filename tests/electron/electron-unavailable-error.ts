/**
 * No Electron can be run here. The message is one line which names what is missing, fit to be shown
 * as the reason of skipped tests.
 */
export class ElectronUnavailableError extends Error {
  override name = 'ElectronUnavailableError'
}
