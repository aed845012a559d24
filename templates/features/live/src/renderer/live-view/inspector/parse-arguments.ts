/**
 * Reads arguments as one would type them between the brackets of a call: `{ path: '/tmp', depth: 2 }, true`. It is data
 * that is read, in JSON with the liberties of JavaScript: names and texts in any quotes, commas too many, comments.
 * Nothing of it is run.
 *
 * @throws SyntaxError that says where it cannot be read.
 */
export function parseArguments(text: string): unknown[] {
  const reader = new Reader(text)
  const values: unknown[] = []
  while (!reader.isAtEnd()) {
    values.push(reader.readValue())
    if (!reader.takeIf(',') && !reader.isAtEnd()) reader.fail('a comma')
  }
  return values
}

const CONSTANTS: Record<string, unknown> = {
  true: true,
  false: false,
  null: null,
  undefined,
  NaN,
  Infinity,
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  0: '\0',
  '\n': '',
}

const SPACE = /(?:\s|\/\/.*|\/\*[^]*?\*\/)*/y
const NUMBER = /[+-]?(?:0[xX][\da-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Infinity)n?/y
const WORD = /[\p{L}_$][\p{L}\d_$]*/uy

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  isAtEnd(): boolean {
    this.#match(SPACE)
    return this.#at === this.#text.length
  }

  takeIf(letter: string): boolean {
    this.#match(SPACE)
    if (this.#text[this.#at] !== letter) return false
    this.#at += 1
    return true
  }

  readValue(): unknown {
    if (this.takeIf('{')) return this.#readObject()
    if (this.takeIf('[')) return this.#readAll(']')
    const quote = this.#takeQuote()
    if (quote) return this.#readText(quote)
    const number = this.#match(NUMBER)
    if (number) return toNumber(number)
    const word = this.#match(WORD)
    if (word && Object.hasOwn(CONSTANTS, word)) return CONSTANTS[word]
    if (word) this.#at -= word.length
    return this.fail('a value')
  }

  fail(expected: string): never {
    const found = this.#text.slice(this.#at, this.#at + 20)
    const what = found === '' ? 'the end' : `"${found}"`
    throw new SyntaxError(`At letter ${this.#at + 1} is ${what}, where ${expected} was to come.`)
  }

  #readAll(end: string): unknown[] {
    const values: unknown[] = []
    while (!this.takeIf(end)) {
      values.push(this.readValue())
      if (this.takeIf(end)) break
      if (!this.takeIf(',')) this.fail(`a comma or "${end}"`)
    }
    return values
  }

  #readObject(): Record<string, unknown> {
    const fields: [string, unknown][] = []
    while (!this.takeIf('}')) {
      const quote = this.#takeQuote()
      const name = quote ? this.#readText(quote) : (this.#match(WORD) ?? this.#match(NUMBER))
      if (name === undefined) this.fail('the name of a field')
      if (!this.takeIf(':')) this.fail('a colon')
      fields.push([name, this.readValue()])
      if (this.takeIf('}')) break
      if (!this.takeIf(',')) this.fail('a comma or "}"')
    }
    // Not by assignment: a field may be called "__proto__".
    return Object.fromEntries(fields)
  }

  #takeQuote(): string | undefined {
    return ['"', "'", '`'].find((quote) => this.takeIf(quote))
  }

  #readText(quote: string): string {
    let text = ''
    for (;;) {
      const letter = this.#text[this.#at]
      if (letter === undefined) this.fail(`the quote ${quote} that ends the text`)
      this.#at += 1
      if (letter === quote) return text
      text += letter === '\\' ? this.#readEscape() : letter
    }
  }

  #readEscape(): string {
    const [code] =
      this.#match(/u[\da-fA-F]{4}|u\{[\da-fA-F]{1,5}\}|x[\da-fA-F]{2}/y)?.match(
        /[\da-fA-F]{2,}|(?<=\{).+(?=\})/,
      ) ?? []
    if (code) return String.fromCodePoint(Number.parseInt(code, 16))
    const letter = this.#text[this.#at] ?? this.fail('an escaped letter')
    this.#at += 1
    return ESCAPES[letter] ?? letter
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const [found] = pattern.exec(this.#text) ?? []
    if (found !== undefined) this.#at += found.length
    return found
  }
}

function toNumber(text: string): number | bigint {
  const plain = text.replaceAll('_', '')
  if (plain.endsWith('n')) return BigInt(plain.slice(0, -1))
  return plain.startsWith('-') ? -Number(plain.slice(1)) : Number(plain)
}
