/** Makes an element of a page, with what is in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

export function button(label: string, run: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, label)
  made.addEventListener('click', run)
  return made
}

/** A list of names and values, whose values change. */
export class Facts {
  readonly element = element('dl', { class: 'facts' })
  readonly #values = new Map<string, HTMLElement>()

  /** @param isBad  Whether it is nothing good. */
  set(name: string, value: string, isBad = false): void {
    const cell = this.#values.get(name) ?? this.#add(name)
    if (cell.textContent !== value) cell.textContent = value
    cell.classList.toggle('bad', isBad)
  }

  #add(name: string): HTMLElement {
    const cell = element('dd')
    this.#values.set(name, cell)
    this.element.append(element('dt', {}, name), cell)
    return cell
  }
}
