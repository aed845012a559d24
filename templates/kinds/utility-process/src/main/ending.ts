/**
 * How a utility process ended:
 *
 * - `stopped`  this app has killed it
 * - `killed`   somebody else has
 * - `crashed`  it did something that no process may
 * - `threw`    an error in it was caught by nobody
 * - `exited`   it ended itself, with a code
 */
export interface Ending {
  how: 'stopped' | 'killed' | 'crashed' | 'threw' | 'exited'
  /** As the system has it, which need not be the true one (electron/electron#42283). */
  code: number
}
