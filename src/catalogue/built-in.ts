import { describeSchema } from '../choices-file/json-schema.ts'
import { listFiles } from '../disk/list-files.ts'
import { readCatalogue } from './catalogue.ts'
import { compileTemplates } from './read-templates.ts'

// The build runs this module, in the folder of the repository, and puts what it exports in its place
// (rolldown.config.ts): a run lists no folder of the templates, and reads what it renders and no more.

/** What there is to choose from. */
export const CATALOGUE = readCatalogue('templates')

/** The files of the templates, as `Templates` has them. */
export const FILES = listFiles('templates')

/** Of those that end in `.ejs`, the body of the function that renders each. */
export const COMPILED = compileTemplates('templates')

/** What `schema` prints. */
export const SCHEMA = describeSchema()
