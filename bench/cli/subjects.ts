/** A scaffolder: how it is installed, and how it makes a project without asking. */
export interface Subject {
  name: string
  /** As npm installs it. That of `ours` is packed from this repository. */
  packageSpec?: string
  bin: string
  /** Makes the project `my-app` in the present folder, installs nothing. */
  scaffold: string[]
}

export const subjects: Subject[] = [
  {
    name: 'ours',
    bin: 'create-electron-ports',
    scaffold: ['my-app', '--topology', 'worker-window'],
  },
  {
    name: 'create-vite',
    packageSpec: 'create-vite@9.3.0',
    bin: 'create-vite',
    scaffold: ['my-app', '--template', 'vanilla-ts', '--no-interactive'],
  },
  {
    name: 'create-vue',
    packageSpec: 'create-vue@3.24.0',
    bin: 'create-vue',
    scaffold: ['my-app', '--default'],
  },
  {
    name: 'sv',
    packageSpec: 'sv@0.17.1',
    bin: 'sv',
    scaffold: 'create my-app --template minimal --types ts --no-add-ons --no-install'.split(' '),
  },
  {
    name: 'create-electron',
    packageSpec: '@quick-start/create-electron@1.0.30',
    bin: 'create-electron',
    scaffold: ['my-app', '--template', 'vanilla-ts', '--skip'],
  },
]

/** Whom the bench would measure if it could, and why it cannot. */
export const absent = [
  'create-electron-vite 0.7.1 asks in any case, and makes nothing without a terminal.',
  "create-electron-app 7.11.2 (Electron Forge) installs the project's packages as it goes.",
]
