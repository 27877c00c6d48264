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

/** Follows the caller's jobs until told to stop. */
export async function followJobs(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const events = await api.jobs.watch({}, { signal })
      useJobs.getState().setAll(await api.jobs.list({}))
      for await (const job of events) useJobs.getState().put(job)
    } catch (error) {
      if (['UNAUTHENTICATED', 'LOCKED'].includes(shownError(error).code)) break
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
  useJobs.getState().setAll([])
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
