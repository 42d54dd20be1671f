/** One thing that takes its time, as a person sees it. */
export interface Step {
  /** What is being done right now, in place of what was said before. */
  now(text: string): void
  done(text: string): void
  failed(text: string): void
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
    step.done(ended(result))
    return result
  } catch (error) {
    step.failed(title)
    throw error
  }
}
