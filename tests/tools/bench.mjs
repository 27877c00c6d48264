// `npm run bench`: what lists, search, ageing, letters, start and memory cost with a large firm, beside the bare thing.
await import('./bench.ts')
