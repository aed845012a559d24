/** True when the version `one` is later than `other`. Of `1.2.3-beta.1` and `1.2.3` the latter is. */
export function isLater(one: string, other: string): boolean {
  const [[mine, stage], [others, otherStage]] = [split(one), split(other)]
  const order = compare(mine, others)
  if (order !== 0) return order > 0
  if (stage.length === 0 || otherStage.length === 0) return stage.length < otherStage.length
  return compare(stage, otherStage) > 0
}

/** `1.2.3-beta.1` as `1 2 3` and `beta 1`; what comes behind a `+` does not count. */
function split(version: string): [release: string[], stage: string[]] {
  const [release = '', ...stage] = version.replace(/\+.*/, '').split('-')
  return [release.split('.'), stage.length > 0 ? stage.join('-').split('.') : []]
}

/** Numbers by their size and before words, words by their letters; what has more parts is later. */
function compare(one: string[], other: string[]): number {
  const index = one.findIndex((part, at) => part !== other[at])
  const [mine, others] = [one[index], other[index]]
  if (mine === undefined) return one.length - other.length
  if (others === undefined) return 1
  if ([mine, others].every(isNumber)) return Number(mine) - Number(others)
  if (isNumber(mine) !== isNumber(others)) return isNumber(mine) ? -1 : 1
  return mine < others ? -1 : 1
}

function isNumber(part: string): boolean {
  return /^\d+$/.test(part)
}
