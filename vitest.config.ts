import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { ELECTRON_WORKERS } from './tests/workers.ts'

/** No test is there to say how fast a machine is. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 }

/** Those that run Electron run after the others, as many files at a time as there are displays. */
const inElectron = {
  maxWorkers: ELECTRON_WORKERS,
  ...patient,
  expect: { poll: { timeout: 10_000 } }, // what is quick on an idle machine may not be on another
  sequence: { groupOrder: 1 },
}

/** Those that run once more on the oldest Electron that projects are for. */
const onOldest = { provide: { onOldestElectron: true } }

const state = join(tmpdir(), 'create-electron-ports-test-state')

const forTheCommand = {
  /** `npx vitest` says of itself what the command reads when npm runs it. */
  npm_command: '',
  /** Where the command keeps the records of its runs. */
  XDG_STATE_HOME: state,
  LOCALAPPDATA: state,
}

export default defineConfig({
  test: {
    reporters: ['default', './tests/counts-reporter.ts'],
    maxWorkers: '100%', // of the cores: without, one of two would be idle
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          env: forTheCommand,
          ...patient,
        },
      },
      { test: { name: 'templates', include: ['tests/templates/**/*.test.ts'], ...patient } },
      { test: { name: 'ports', include: ['tests/ports/**/*.test.ts'], ...patient } },
      { test: { name: 'bench', include: ['tests/bench/**/*.test.ts'], ...patient } },
      {
        test: {
          name: 'cli',
          include: ['tests/cli/**/*.test.ts'],
          globalSetup: ['tests/cli/build.ts'],
          env: forTheCommand,
          ...patient,
        },
      },
      {
        test: {
          name: 'chromium',
          include: ['tests/chromium/**/*.test.ts'],
          globalSetup: ['tests/chromium/global-setup.ts'],
          ...inElectron,
        },
      },
      {
        test: {
          name: 'electron',
          include: ['tests/electron/*.test.ts', 'tests/electron/today/*.test.ts'],
          globalSetup: ['tests/electron/global-setup.ts'],
          ...inElectron,
        },
      },
      {
        test: {
          name: 'electron-oldest',
          include: ['tests/electron/**/*.test.ts'],
          exclude: ['tests/electron/{display,find-electron}.test.ts', 'tests/electron/today/**'],
          globalSetup: ['tests/electron/global-setup.ts'],
          ...inElectron,
          ...onOldest,
        },
      },
      {
        test: {
          name: 'electron-ports',
          include: ['tests/electron-ports/**/*.test.ts'],
          globalSetup: ['tests/electron-ports/global-setup.ts'],
          ...inElectron,
        },
      },
      {
        test: {
          name: 'electron-ports-oldest',
          include: ['tests/electron-ports/{cases,checked-port}.test.ts'],
          globalSetup: ['tests/electron-ports/global-setup.ts'],
          ...inElectron,
          ...onOldest,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          ...inElectron,
        },
      },
      {
        test: {
          name: 'e2e-oldest',
          include: ['tests/e2e/{confinement,full-project,hand-off,live-access,security}.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          ...inElectron,
          ...onOldest,
        },
      },
    ],
  },
})
