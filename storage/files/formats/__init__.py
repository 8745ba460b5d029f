"""One file a format; `registry` names them all."""
