package job

import "time"

// LookEvery sets how often a runner looks for jobs of processes that died.
func (r *Runner) LookEvery(d time.Duration) { r.lookEvery = d }
