import type { Curator, LargeFile } from '../../../../contracts/hashes'
import { describeQuestion } from './words'

/** Answers the indexer by asking the user, in an element with a text and two buttons. */
export function newCurator(question: HTMLElement): Curator {
  const find = (selector: string) => question.querySelector(selector) as HTMLElement
  return {
    async mayHash(file: LargeFile, signal: AbortSignal) {
      find('.question-text').textContent = describeQuestion(file)
      question.hidden = false
      return new Promise<boolean>((resolve) => {
        const settled = new AbortController()
        const settle = (answer: boolean): void => {
          question.hidden = true
          settled.abort()
          resolve(answer)
        }
        const until = { signal: settled.signal }
        find('.hash-it').addEventListener('click', () => settle(true), until)
        find('.skip-it').addEventListener('click', () => settle(false), until)
        signal.addEventListener('abort', () => settle(false), until)
      })
    },
  }
}
