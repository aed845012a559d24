/** A utility process which runs the code that is its argument. */
require('node:vm').runInThisContext(process.argv.at(-1))
