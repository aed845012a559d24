/** Names of fields that look like secrets, in whichever way they are written. */
const WORDS =
  /pass(word|wd|code|phrase)|secret|token|credential|cookie|authori[sz]ation|api_?key|private_?key|session_?id|^(auth|pin|otp|cvv|cvc|jwt|sid)$/i

/** A word of its own at the end: "monkey" is none. */
const KEY = /^key$|[_-]key$|[a-z\d]Key$|KEY$/

/** Parts of texts that are secrets wherever they stand: in a header, a signed token, an address. */
const IN_TEXT =
  /\b(?:Bearer|Basic) [\w+/.=~-]{8,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|([?&;][\w-]*(?:token|secret|password|key|sig|signature)=)[^&#\s]+/gi

export const REDACTED = '‹redacted›'

/** Whether the value of a field is to stay in its process. */
export function isSecret(name: string): boolean {
  return WORDS.test(name) || KEY.test(name)
}

/** The text without the secrets in it. */
export function withoutSecrets(text: string): string {
  return text.replace(IN_TEXT, (_, name: string | undefined) => `${name ?? ''}${REDACTED}`)
}
