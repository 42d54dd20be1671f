/** One thing that takes its time, as a person sees it. */
export interface Step {
  /** What is being done right now, in place of what was said before. */
  now(text: string): void
  /** Resolves when it has been shown. */
  done(text: string): Promise<void>
  failed(text: string): Promise<void>
}

export interface ApplyProgress {
  step(title: string): Step
}

/** Runs `work` as one step, which fails when `work` throws. */
export async function asStep<Result>(
  progress: ApplyProgress,
  title: string,
  work: (step: Step) => Promise<Result>,
  ended: (result: Result) => string = () => title,
): Promise<Result> {
  const step = progress.step(title)
  try {
    const result = await work(step)
    await step.done(ended(result))
    return result
  } catch (error) {
    await step.failed(title)
    throw error
  }
}
