"""What to do about an error of the disk: a remedy for each kind, for the messages of storage."""

from __future__ import annotations

import errno

from dualslot_widgets.system.durable_files import NotRegularError

_ELSEWHERE = "or choose a folder on another disk"
# Not every system has all of these.
_KINDS = {
    "ENOSPC": f"free space {_ELSEWHERE}",
    "EDQUOT": f"free space within your quota, have it raised {_ELSEWHERE}",
    "EFBIG": f"raise the limit on the size of files (ulimit -f) {_ELSEWHERE}",
    "EROFS": "choose a folder on a disk that you may write",
    "EACCES": "choose a folder that you may write",
    "EPERM": "choose a folder that you may write",
    "ENAMETOOLONG": "choose a folder with a shorter path",
    "ENOENT": "something in it was deleted or moved away meanwhile",
    "EMFILE": "close files, or restart the kernel",
    "ENFILE": "close files, here or in other programs",
    "ENOTDIR": "move away the file that stands where a folder should be",
    "EISDIR": "move away the folder that stands where a file should be",
    "EEXIST": "move away what stands in its place",
    "ELOOP": "move away the link that stands in its place",
    "ENXIO": "move away what stands in its place",
    "EMLINK": "move away the link that stands in its place",
    "ESTALE": "wait until the file server is back",
    "ETIMEDOUT": "wait until the file server is back",
    "EBUSY": "close the program that uses it",
    "EAGAIN": "wait a moment",
    "EINTR": "wait a moment",
    "ENOMEM": "free memory, or restart the kernel",
    "EIO": f"the disk may be failing: save what it holds, {_ELSEWHERE.removeprefix('or ')}",
}
# These are not the file's fault, and no reason to overwrite it.
_OUT_OF_RESOURCES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
_REMEDIES = {getattr(errno, name): text for name, text in _KINDS.items() if hasattr(errno, name)}


def out_of_resources(error: OSError) -> bool:
    """Say whether a file could not be opened for want of handles or memory."""
    return error.errno in _OUT_OF_RESOURCES


def read_remedy(error: OSError) -> str:
    """Return what to do about an error while something was read."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return "make it readable for you, or close the program that keeps it"
    return remedy(error)


def remedy(error: OSError) -> str:
    """Return what to do about an error of the disk."""
    if isinstance(error, NotRegularError):
        return "move away what stands in its place"
    known = None if error.errno is None else _REMEDIES.get(error.errno)
    return known or "free space or choose a folder that you may write"
