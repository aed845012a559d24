import { listFiles } from '../disk/list-files.ts'

/** The folder of the templates, and what is in it: only what a project needs is read from there. */
export interface Templates {
  folder: string
  /** Every file, sorted, relative to the folder and with forward slashes. */
  files: string[]
}

/** Lists the templates in `folder` as they are on the disk. */
export function readTemplates(folder: string): Templates {
  return { folder, files: listFiles(folder) }
}

/** The files below a folder of the templates, relative to that. */
export function listBelow(templates: Templates, folder: string): string[] {
  const start = `${folder}/`
  return templates.files
    .filter((file) => file.startsWith(start))
    .map((file) => file.slice(start.length))
}
