/** A shell script that stands for an install: it makes a folder for each dependency, in the folder that it is given. */
export function installIn(folder: string): string {
  return `for name in $(node -p '{ const { dependencies, devDependencies } = require("./package.json"); Object.keys({ ...dependencies, ...devDependencies }).join(" ") }')
    do mkdir -p "${folder}/node_modules/$name"; done`
}
