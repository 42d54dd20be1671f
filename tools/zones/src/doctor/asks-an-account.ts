/** Whether a command of `zones` works on a stage in an account, of which a laptop has none. */
export function asksAnAccount(command: string): boolean {
  return /^npx zones (?:infra|secrets|deploy|promote|rollback|releases|prune) /.test(command)
}
