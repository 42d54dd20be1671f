// What a rehearsal is for decides which program it is; each says by --help what else it takes.
const given = process.argv.slice(2)
if (given.includes('--load')) await import('./load/main.ts')
else if (given.includes('--measure')) await import('./measure/main.ts')
else await import('./play/main.ts')
