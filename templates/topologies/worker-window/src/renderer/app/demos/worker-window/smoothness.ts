/**
 * Moves a ball from JavaScript, frame by frame, while there is work, and says how long the longest frame
 * took: the time for which the page could not answer its user.
 */
export class Smoothness {
  readonly #ball: HTMLElement
  readonly #output: HTMLElement
  readonly #wantsLessMotion = matchMedia('(prefers-reduced-motion: reduce)')
  #frame = 0
  #lastTime = 0
  #longest = 0

  constructor(ball: HTMLElement, output: HTMLElement) {
    this.#ball = ball
    this.#output = output
  }

  start(): void {
    this.stop()
    this.#longest = 0
    this.#lastTime = performance.now()
    this.#requestFrame()
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
  }

  #requestFrame(): void {
    this.#frame = requestAnimationFrame((now) => {
      this.#longest = Math.max(this.#longest, now - this.#lastTime)
      this.#lastTime = now
      this.#output.textContent = `longest frame ${Math.round(this.#longest)} ms`
      if (!this.#wantsLessMotion.matches) this.#moveBall(now)
      this.#requestFrame()
    })
  }

  #moveBall(now: number): void {
    const track = this.#ball.parentElement?.clientWidth ?? 0
    const place = (1 - Math.cos(now / 700)) / 2
    this.#ball.style.transform = `translateX(${place * (track - this.#ball.clientWidth)}px)`
  }
}
