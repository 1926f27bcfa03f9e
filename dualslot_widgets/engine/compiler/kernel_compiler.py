"""How kernels are compiled: typed one by one, made machine code all at once.

numba makes every function machine code of its own, with all that it calls linked in and optimised
anew; with ninety kernels that call each other that took three quarters of the compile time, for
code that nobody runs. Here a kernel stays LLVM code until the entry point links everything, once.
Steps and questions of numba's that no kernel needs are left out, too: another fifth (measured).
"""

# mypy: disable-error-code="no-untyped-def, misc"

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import numba
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.interpreter import Interpreter
from numba.core.lowering import Lower
from numba.core.typed_passes import NativeLowering, NopythonTypeInference
from numba.core.untyped_passes import TranslateByteCode

from dualslot_widgets.engine.compiler.kernel_typing import InferKernelTypes, plain, signature_of

Function = TypeVar("Function", bound=Callable[..., Any])


class _Part(JITCodeLibrary):
    """A kernel's LLVM code, and the parts that it calls."""

    def finalize(self) -> None:
        """Do nothing yet: whoever links this asks for the modules."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Return that there is no machine code."""
        return 0

    def parts(self) -> Iterator[Any]:
        """Yield this library and all that it calls, each once."""
        seen: dict[Any, None] = {}
        waiting: list[Any] = [self]
        while waiting:
            library = waiting.pop()
            if library not in seen:
                seen[library] = None
                waiting += library._linking_libraries if isinstance(library, _Part) else []
        return iter(seen)

    def _get_module_for_linking(self):
        """Return one module of this kernel and everything below it."""
        whole = None
        for library in self.parts():
            own = library._final_module if isinstance(library, _Part) else None
            module = library._get_module_for_linking() if own is None else own.clone()
            if own is not None:
                for function in module.functions:
                    if not function.is_declaration and function.linkage.name == "external":
                        function.linkage = "linkonce_odr"
            if whole is None:
                whole = module
            else:
                whole.link_in(module, preserve=True)
        return whole


class _Lower(Lower):
    def lower_binop(self, resty, expr, op):
        """Emit an operator; numba would look for its signature four times more."""
        context = self.context.typing_context
        operator = context.resolve_value_type(op)
        signature = self.fndesc.calltypes[expr]
        operands = [
            self.context.cast(self.builder, self.loadvar(side.name), self.typeof(side.name), kind)
            for side, kind in zip((expr.lhs, expr.rhs), signature.args, strict=True)
        ]
        built_in = signature_of(context, operator, signature.args)
        result = self.context.get_function(operator, built_in)(self.builder, operands)
        return self.context.cast(self.builder, result, signature.return_type, resty)


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):
    """Lowers a kernel into a part."""

    _name = "lower_part"
    lowering_class = _Lower

    def run_pass(self, state):
        state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        done = super().run_pass(state)
        # numba knows a function by the built-in that Python would call; Python never calls this.
        known_by: Any = [].append
        state["cr"] = state["cr"]._replace(cfunc=known_by)
        state.targetctx.insert_user_function(known_by, state["cr"].fndesc, [state.library])
        return done


#: Steps for closures, array expressions, containers and parallel loops, which no kernel has; for
#: variables of several types, which `kernel_typing` rules out; and for reference counts.
_NOT_NEEDED = {
    "dead_branch_prune",
    "dump_parfor_diagnostics",
    "find_literally",
    "generic_rewrites",
    "inline_closure_likes",
    "inline_inlinables",
    "inline_overloads",
    "ir_legalization",
    "literal_unroll",
    "LiteralPropagation",
    "make_function_op_code_to_jit_function",
    "nopython_rewrites",
    "reconstruct_ssa",
    "Rewrite dynamic raises",
    "rewrite_semantic_constants",
    "strip_phis",
    "with_lifting",
}


class _Interpreter(Interpreter):
    def post_process(self, peepholes, func_ir):
        """Do nothing: these are for `with`, and for lists and dicts of arguments."""
        return func_ir


@register_pass(mutates_CFG=True, analysis_only=False)
class _Translate(TranslateByteCode):
    """Reads a kernel's bytecode."""

    _name = "translate_kernel"

    def run_pass(self, state):
        state["func_ir"] = _Interpreter(state["func_id"]).interpret(state["bc"])
        return True


_INSTEAD = {
    NativeLowering: _LowerPart,
    NopythonTypeInference: InferKernelTypes,
    TranslateByteCode: _Translate,
}


class KernelCompiler(CompilerBase):
    """numba's compiler with the steps above instead of its own, or without them."""

    def define_pipelines(self):
        """Return the one pipeline."""
        pipeline = DefaultPassBuilder.define_nopython_pipeline(self.state)
        pipeline.passes = [
            (_INSTEAD.get(step, step), words)
            for step, words in pipeline.passes
            if step.name() not in _NOT_NEEDED
        ]
        pipeline.finalize()
        return [pipeline]


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Do without garbage collection while kernels are compiled: a tenth of the time (measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def kernel(function: Function) -> Function:
    """Compile a function that only compiled code calls.

    Without reference counting it runs faster; and it is compiled once, for int64, where numba would
    compile it for every constant that it is called with (both measured).
    """
    compiled: Any = numba.njit(
        nogil=True,
        _nrt=False,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        pipeline_class=KernelCompiler,
    )(function)
    find = compiled.get_call_template
    found: dict[Any, Any] = {}

    def find_for_integers(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        kinds = tuple(map(plain, arguments))
        if kinds not in found:
            # As numba's `compile` does, but for its timers: each would hear of all that is called.
            compiled.add_overload(compiled._compiler.compile(kinds, None))
            found[kinds] = find(kinds, keywords)
        return found[kinds]

    compiled.get_call_template = find_for_integers
    return cast(Function, compiled)
