/** Called by Next once, before the first answer: wrong settings stop the server here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startServer } = await import('./server/start.ts')
  startServer()
}
