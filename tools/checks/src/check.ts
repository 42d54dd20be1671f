import type { SourceTree } from './source/source-tree.ts'

/** Something a check objects to. */
export interface Finding {
  /** Path from the repository's root. */
  readonly file: string
  /** From 1; 0 when the whole file is meant. */
  readonly line: number
  readonly why: string
  /** What to do about it. */
  readonly fix: string
}

/** One rule of the repository. Reads the tree, prints nothing. */
export interface Check {
  readonly name: string
  /** @throws when the check itself cannot run: that is a failure too, never a pass. */
  run(tree: SourceTree): readonly Finding[] | Promise<readonly Finding[]>
}
