"""When scenarios are played: the queue, one worker thread, and the jobs that it works off."""
