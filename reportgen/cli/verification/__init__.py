"""Proofs of files: verification, and signatures."""
