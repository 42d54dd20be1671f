import type { SecretStore } from '../secret-store.ts'

/** Where a run ends: the call is never sent, or it is carried out and the answer never comes. */
export type Interruption = 'before' | 'after'

/** A store whose `at`th call and all later ones never answer; `reached` is settled once that call was made. */
export function interrupted(store: SecretStore, at: number, where: Interruption) {
  let count = 0
  let reach: () => void = () => undefined
  const reached = new Promise<'reached'>((resolve) => {
    reach = () => resolve('reached')
  })
  const never = <Answer>() => new Promise<Answer>(() => undefined)
  const passing =
    <Parameters extends readonly unknown[], Answer>(call: (...parameters: Parameters) => Promise<Answer>) =>
    async (...parameters: Parameters): Promise<Answer> => {
      count += 1
      if (count < at) return call(...parameters)
      if (count === at && where === 'after') await call(...parameters)
      reach()
      return never()
    }
  const cut: SecretStore = {
    state: passing(store.state),
    textOf: passing(store.textOf),
    write: passing(store.write),
  }
  return { store: cut, reached }
}
