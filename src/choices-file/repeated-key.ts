/** What a JSON text is of, for who looks for keys. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * The first key that an object in a JSON text has twice, with those that lead there: `links.jobs`. Undefined when
 * there is none. `JSON.parse` says nothing of it, and takes the last.
 *
 * @param text  Has been parsed: it is JSON.
 */
export function findRepeatedKey(text: string): string | undefined {
  const open: { keys: Set<string>; key: string }[] = []
  const tokens = text.match(TOKENS) ?? []
  for (const [index, token] of tokens.entries()) {
    const inner = open.at(-1)
    if (token === '{' || token === '[') open.push({ keys: new Set(), key: '' })
    else if (token === '}' || token === ']') open.pop()
    else if (inner && tokens[index + 1] === ':' && token !== ':') {
      inner.key = JSON.parse(token)
      if (inner.keys.has(inner.key)) return nameOf(open)
      inner.keys.add(inner.key)
    }
  }
  return undefined
}

function nameOf(open: { key: string }[]): string {
  return open.map(({ key }) => key).join('.')
}
