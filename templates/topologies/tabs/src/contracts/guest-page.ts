/**
 * The link `guest-page`, from the page of a window to content of others in it. All that can be said is on this page, and
 * whatever the guest says is checked.
 */

/** What the guest is told. */
export interface GuestPage {
  /** The colour of the window is this one: `#rrggbb`. */
  tinted(colour: string): void
}

/** What the guest may ask for. */
export interface GuestHost {
  /**
   * Gives the window a colour.
   *
   * @param colour  As `#rrggbb`.
   * @throws with code `INVALID` when it is none, and `TOO_MANY` when it is asked for again and again.
   */
  tint(colour: string): Promise<void>
}
