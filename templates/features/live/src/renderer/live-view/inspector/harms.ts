import { button, element } from './element'

/** Something bad that can be done on purpose, with what is to be expected of it. */
export interface Choice {
  label: string
  about: string
  run(): Promise<void>
}

/** Buttons for them, and a line for what could not be done. */
export function newHarms(choices: Choice[]): HTMLElement {
  const trouble = element('p', { class: 'trouble', role: 'alert' })
  const rows = choices.map(({ label, about, run }) => {
    const start = (): void => {
      trouble.textContent = ''
      run().catch((error: unknown) => {
        trouble.textContent = error instanceof Error ? error.message : String(error)
      })
    }
    return element('div', {}, button(label, start), element('span', {}, about))
  })
  return element('div', { class: 'harms' }, ...rows, trouble)
}
