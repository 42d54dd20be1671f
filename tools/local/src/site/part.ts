/** A process of the site: what to run and how to tell that it is ready. */
export interface Part {
  /** Also the name of its log file and the prefix of its lines. */
  readonly name: string
  /** What the console calls it. */
  readonly title: string
  /** Arguments after `node`. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly port: number
  /** Answers with a status below 500 when the part is ready. */
  readonly readyUrl: string
  /** Limit of the JavaScript heap, in MB. */
  readonly heapMb: number
  /** Lines on standard error that say nothing new and stay in the log file. */
  readonly harmless?: RegExp
}

/** A program that does one thing and ends. */
export type Step = Omit<Part, 'port' | 'readyUrl'>
