/** Whether what the tests need must be there: what is missing is a failure then, and no reason to skip. */
export function isInCI(): boolean {
  return Boolean(process.env.CI) && process.env.CI !== 'false'
}
