// `npm run demo -- --out DIR`: the sample firm through the real services, and the documents it prints. Needs no screen.
await import('./demo.ts')
