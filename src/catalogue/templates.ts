import type { Variables } from '../render/variables.ts'

/** The folder of the templates, and what is in it: only what a project needs is read from there. */
export interface Templates {
  folder: string
  /** Every file, sorted, relative to the folder and with forward slashes. */
  files: string[]
  /** Renders one of the files that end in `.ejs`. Throws when it is wrong. */
  render(file: string, variables: Variables): string
}

/** The files below a folder of the templates, relative to that. */
export function listBelow(templates: Templates, folder: string): string[] {
  const start = `${folder}/`
  return templates.files
    .filter((file) => file.startsWith(start))
    .map((file) => file.slice(start.length))
}
