/** Called by Next once, when the server starts and before it answers: a bad environment stops it here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startServer } = await import('./server/start.ts')
  startServer()
}
