/** The link `permits`: what the indexer asks of main before it reads what a page names. */
export interface Permits {
  /** Whether the user chose that folder. */
  mayRead(folder: unknown): Promise<boolean>
}
