"""Work that may hang, crash or fill the memory is done in a process of its own, under limits of time and memory."""
