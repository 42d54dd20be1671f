import type { Check } from '../check.ts'
import { isShipped, moduleFiles } from '../source/file-kinds.ts'

const SWITCH = /(disable|skip|bypass)_?-?(auth|authentication|sign_?-?in|log_?-?in)(?![a-z])/i
const STAND_IN =
  /(mock|fake|dummy|stub)_?-?(users?|session|person|people|identity|auth|user_?-?context|claims|token)(?![a-z])/i

/** Nothing that ships can let a request in without sign-in: no switch, no made-up person. */
export const signInBypass: Check = {
  name: 'sign-in bypass',
  run: (tree) =>
    moduleFiles(tree)
      .filter(isShipped)
      .flatMap((file) => {
        const { identifiers, texts } = tree.module(file)
        const written = [...identifiers.map(({ name, line }) => ({ value: name, line })), ...texts]
        return written.flatMap(({ value, line }) => {
          const found = SWITCH.exec(value)?.[0] ?? STAND_IN.exec(value)?.[0]
          return found === undefined
            ? []
            : [
                {
                  file,
                  line,
                  why: `"${found}" in code that ships`,
                  fix: 'sign in as a sample person, or move it into a test',
                },
              ]
        })
      }),
}
