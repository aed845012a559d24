import type { ElectronApplication } from 'playwright-core'
import { quantileOf } from '../results.ts'
import { pageOf } from './apps.ts'

const CALLS = 25_000
const MS = 5000

interface Smoothness {
  /** What has passed: two messages for each call. */
  messagesPerSecond: number
  framesPerSecond: number
  /** Of how many milliseconds 95 of 100 frames were at most. */
  longFrame: number
}

/** How the page of the view draws while 50,000 messages a second pass. */
export async function measureFrames(app: ElectronApplication): Promise<Smoothness> {
  const [page, view] = await Promise.all([pageOf(app, 'app'), pageOf(app, 'live-view')])
  const [calls, frames] = await Promise.all([
    page.evaluate(`flood(${CALLS}, ${MS})`) as Promise<number>,
    view.evaluate(drawFor, MS),
  ])
  const sum = frames.reduce((total, each) => total + each, 0)
  return {
    messagesPerSecond: 2 * calls,
    framesPerSecond: (1000 * frames.length) / sum,
    longFrame: quantileOf(frames, 0.95),
  }
}

/** Runs in the page: how many milliseconds each frame took. */
function drawFor(duration: number): Promise<number[]> {
  return new Promise((resolve) => {
    const frames: number[] = []
    let [first, before] = [0, 0]
    const draw = (now: number): void => {
      if (before > 0) frames.push(now - before)
      first ||= now
      before = now
      if (now - first < duration) requestAnimationFrame(draw)
      else resolve(frames)
    }
    requestAnimationFrame(draw)
  })
}
