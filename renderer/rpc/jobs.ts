import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import { api, shownError } from './api.ts'

export type { JobView }

interface JobsState {
  readonly jobs: readonly JobView[]
  readonly open: boolean
  setOpen(open: boolean): void
  setAll(jobs: readonly JobView[]): void
  put(job: JobView): void
  drop(id: string): void
}

/** The caller's jobs, newest first, as the core tells them. */
export const useJobs = create<JobsState>((set) => ({
  jobs: [],
  open: false,
  setOpen: (open) => set({ open }),
  setAll: (jobs) => set({ jobs }),
  put: (job) =>
    set((old) => ({
      jobs: old.jobs.some((j) => j.id === job.id)
        ? old.jobs.map((j) => (j.id === job.id ? job : j))
        : [job, ...old.jobs],
    })),
  drop: (id) => set((old) => ({ jobs: old.jobs.filter((job) => job.id !== id) })),
}))

const AGAIN_MS = 1000

/** Follows the caller's jobs until told to stop: from then on nothing of his is told, who sits down next has his own. */
export async function followJobs(signal: AbortSignal): Promise<void> {
  const { setAll, put } = useJobs.getState()
  const forget = () => setAll([])
  signal.addEventListener('abort', forget, { once: true })
  while (!signal.aborted) {
    try {
      const events = await api.jobs.watch({}, { signal })
      const jobs = await api.jobs.list({})
      if (signal.aborted) return
      setAll(jobs)
      for await (const job of events) {
        if (signal.aborted) return
        put(job)
      }
    } catch (error) {
      if (signal.aborted) return
      if (['UNAUTHENTICATED', 'LOCKED'].includes(shownError(error).code)) return forget()
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

export const isOver = (job: JobView): boolean => job.state !== 'queued' && job.state !== 'running'

/** One job as it goes on: what a page shows that started it. Null before the core told of it. */
export function useJob(id: string | null): JobView | null {
  const followed = useJobs((state) => state.jobs.find((job) => job.id === id) ?? null)
  const [asked, setAsked] = useState<JobView | null>(null)
  useEffect(() => {
    if (id === null || followed !== null) return
    let dropped = false
    void api.jobs
      .get({ id })
      .then((job) => {
        if (!dropped) setAsked(job)
      })
      .catch(() => undefined)
    return () => {
      dropped = true
    }
  }, [id, followed])
  return followed ?? (asked?.id === id ? asked : null)
}
