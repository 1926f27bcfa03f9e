"""How the types of a kernel are inferred: one type a variable, and no question asked twice.

For numba each constant is of a type of its own, which is why it splits variables into versions, one
an assignment; and for each `+` it tries declaration after declaration. Here constants are plain
numbers, a variable keeps its type, and a built-in function is looked up once for the types of its
arguments.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, attr-defined"

from __future__ import annotations

from typing import Any

from numba.core import errors, types
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NopythonTypeInference
from numba.core.typeinfer import TypeInferer

#: Signatures by built-in function and types of its arguments; numba's compiler lock guards it.
_signatures: dict[Any, Any] = {}


def plain(kind: Any) -> Any:
    """Return the type that a kernel is compiled for where it is given this one."""
    kind = types.unliteral(kind)
    narrow = kind == types.boolean or getattr(kind, "signed", False)
    return types.int64 if narrow else kind


def signature_of(context: Any, function: Any, kinds: tuple[Any, ...]) -> Any:
    """Return the signature of a built-in function for arguments of these types."""
    key = function, kinds
    if key not in _signatures:
        _signatures[key] = function.get_call_type(context, kinds, {})
    return _signatures[key]


class _KernelInferer(TypeInferer):
    def add_type(self, var, tp, loc, unless_locked=False):
        kind, known = types.unliteral(tp), self.typevars[var].type
        if known is not None and plain(known) != plain(kind):
            raise errors.TypingError(f"{var} is {known} first, and then {kind}", loc=loc)
        super().add_type(var, kind, loc, unless_locked)

    def lock_type(self, var, tp, loc, **literal):
        super().lock_type(var, types.unliteral(tp), loc, **literal)

    def resolve_call(self, fnty, pos_args, kw_args):
        if kw_args or not isinstance(fnty, types.Function):
            return super().resolve_call(fnty, pos_args, kw_args)
        return signature_of(self.context, fnty, pos_args)


@register_pass(mutates_CFG=True, analysis_only=False)
class InferKernelTypes(NopythonTypeInference):
    """numba's type inference for what kernels are made of."""

    _name = "infer_kernel_types"

    def run_pass(self, state):
        """Note the types of all variables, calls, and of what is returned."""
        context, function = state.typingctx, state.func_ir
        warnings = errors.WarningsFixer(errors.NumbaWarning)
        inferer = _KernelInferer(context, function, warnings)
        target = state.targetctx.target
        called = context.callstack.register(target, inferer, function.func_id, state.args)
        with called, warnings:
            for index, (name, kind) in enumerate(zip(function.arg_names, state.args, strict=True)):
                inferer.seed_argument(name, index, kind)
            inferer.build_constraint()
            state.typing_errors = inferer.propagate()
            state.typemap, state.return_type, state.calltypes = inferer.unify()
        return True
