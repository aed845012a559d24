/**
 * Moves a ball from JavaScript, frame by frame, and says how long the longest frame of a job took: the
 * time for which the page could not answer its user.
 */
export class Smoothness {
  readonly #ball: HTMLElement
  readonly #output: HTMLElement
  #lastFrame = performance.now()
  #longest = 0
  #isMeasuring = false

  constructor(ball: HTMLElement, output: HTMLElement) {
    this.#ball = ball
    this.#output = output
    requestAnimationFrame((now) => this.#draw(now))
  }

  start(): void {
    this.#longest = 0
    this.#isMeasuring = true
  }

  stop(): void {
    this.#isMeasuring = false
  }

  #draw(now: number): void {
    if (this.#isMeasuring) this.#measure(now - this.#lastFrame)
    this.#lastFrame = now
    const track = this.#ball.parentElement?.clientWidth ?? 0
    const place = (1 - Math.cos(now / 700)) / 2
    this.#ball.style.transform = `translateX(${place * (track - this.#ball.clientWidth)}px)`
    requestAnimationFrame((next) => this.#draw(next))
  }

  #measure(frame: number): void {
    this.#longest = Math.max(this.#longest, frame)
    this.#output.textContent = `longest frame ${Math.round(this.#longest)} ms`
  }
}
