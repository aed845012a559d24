import type { MessagePortMain, UtilityProcess } from 'electron'

declare global {
  /** What the main process offers to tests, in whose `evaluate` there is no `require`. */
  var fixture: {
    isMain: boolean
    forkChild: () => { child: UtilityProcess; port: MessagePortMain }
    runInChild: (code: string) => UtilityProcess
    spawnSleep: () => void
  }
}
